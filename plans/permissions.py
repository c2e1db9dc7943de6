"""Who may do what with plans, comments on them and answers. The running phase decides with the role."""

from dataclasses import dataclass

from django.contrib.contenttypes.models import ContentType

from forum.models import Post
from members.models import City, Organisation
from members.permissions import Person, can_coordinate_city, can_edit_city, can_speak_for, is_member_of, is_signed_in
from plans.models import Anchor, Phase, PlanPage, PlanVersion, Section, Suggestion

# While these run, people may comment. A plan without a phase is a draft open to all.
COMMENTING = frozenset({Phase.Kind.DRAFT, Phase.Kind.CONSULTATION, Phase.Kind.MONITORING})
SUGGESTING = frozenset({Phase.Kind.DRAFT, Phase.Kind.CONSULTATION})
ENTERED_BY_EDITORS = frozenset({Phase.Kind.PREPARATION, Phase.Kind.DRAFT, Phase.Kind.CONSULTATION, Phase.Kind.REVISION})


def _runs_in(plan: PlanPage, kinds: frozenset[Phase.Kind]) -> bool:
    """Whether the plan's running phase is one of these; a phase whose end is over takes nothing any more."""
    phase = plan.phase
    return phase is None or (phase.kind in kinds and not phase.has_ended)


def can_read_plan(user: Person, plan: PlanPage) -> bool:
    """Everybody; while the running phase is for members, the members of the plan's city."""
    phase = plan.phase
    return phase is None or phase.audience == Phase.Audience.PUBLIC or is_member_of(user, plan.city)


def can_mark_as_read(user: Person, plan: PlanPage) -> bool:
    """Every signed-in person who may read it, for themselves."""
    return is_signed_in(user) and can_read_plan(user, plan)


def can_import_plan(user: Person, city: City) -> bool:
    return can_edit_city(user, city)


def can_publish_version(user: Person, plan: PlanPage) -> bool:
    """An editor. The text that people are being asked about, or that is adopted, does not change under them."""
    phase = plan.phase
    consulting = phase is not None and phase.kind == Phase.Kind.CONSULTATION and not phase.has_ended
    return not consulting and not plan.is_fixed and can_edit_city(user, plan.city)


def can_enter_phase(user: Person, plan: PlanPage, kind: str) -> bool:
    """Editors, for the phases in which the text is worked on; coordinators let the monitoring of an adopted plan begin and
    put a plan away. Nobody declares a plan adopted: its platform adopts it."""
    if kind in ENTERED_BY_EDITORS:
        return plan.live and not plan.is_fixed and can_edit_city(user, plan.city)
    if kind == Phase.Kind.MONITORING:
        adopted = plan.phase is not None and plan.phase.kind in (Phase.Kind.ADOPTED, Phase.Kind.MONITORING)
        return plan.live and adopted and can_coordinate_city(user, plan.city)
    return kind == Phase.Kind.ARCHIVED and can_coordinate_city(user, plan.city)


def takes_comments(plan: PlanPage) -> bool:
    """Whether the plan takes comments now, from who may read it and is signed in."""
    return plan.live and _runs_in(plan, COMMENTING)


def enterable_phases(user: Person, plan: PlanPage) -> list[str]:
    """The kinds of phases that the person may let begin."""
    return [kind for kind in Phase.Kind.values if can_enter_phase(user, plan, kind)]


def can_comment_on_plan(user: Person, plan: PlanPage) -> bool:
    """Every signed-in person who may read it, on a published plan, in a phase that takes comments."""
    return _may_comment_on_versions(user, plan) and plan.versions.exists()


def _may_comment_on_versions(user: Person, plan: PlanPage) -> bool:
    """The same of a plan that has a version."""
    return is_signed_in(user) and takes_comments(plan) and can_read_plan(user, plan)


def can_comment_on_section(user: Person, section: Section) -> bool:
    return can_comment_on_plan(user, section.plan)


def takes_suggestions(plan: PlanPage) -> bool:
    """Whether other words can be proposed in the running phase: the text is still to change."""
    return _runs_in(plan, SUGGESTING)


def can_suggest(user: Person, plan: PlanPage) -> bool:
    """Who may comment, while the text is still to change."""
    return takes_suggestions(plan) and can_comment_on_plan(user, plan)


def is_supportable(user: Person, suggestion: Suggestion) -> bool:
    """Whether the person could support it where they may suggest: somebody else's, published and not merged yet."""
    post = suggestion.post
    return post.status == Post.Status.PUBLISHED and suggestion.merged_at is None and post.user_id != user.pk


def can_support(user: Person, suggestion: Suggestion) -> bool:
    return can_suggest(user, suggestion.plan) and is_supportable(user, suggestion)


def can_merge_suggestion(user: Person, suggestion: Suggestion) -> bool:
    """Who may answer it, once, while the plan's text is not fixed. The draft may change while people are being asked: what
    they read is a version."""
    return not suggestion.plan.is_fixed and is_mergeable(user, suggestion)


def is_mergeable(user: Person, suggestion: Suggestion) -> bool:
    """Whether the person could merge it where the plan's text may change."""
    return suggestion.merged_at is None and can_answer_comment(user, suggestion.post)


@dataclass(frozen=True)
class CommentRights:
    """What a person may do with the comments on a plan, as far as that depends on the plan: asked once for a page."""

    reply: bool
    support: bool
    merge: bool


def rights_on_comments(user: Person, plan: PlanPage) -> CommentRights:
    """On a plan that has a version, as every commented one has. No query but for the running phase and the person's roles."""
    reply = _may_comment_on_versions(user, plan)
    merge = not plan.is_fixed and can_edit_city(user, plan.city)
    return CommentRights(reply=reply, support=reply and takes_suggestions(plan), merge=merge)


def can_answer_comment(user: Person, post: Post) -> bool:
    """An editor of the city answers published comments that open a thread about a section; nobody answers their own."""
    if not post.is_root or post.status != Post.Status.PUBLISHED or post.user_id == getattr(user, "pk", None):
        return False
    return _is_about_a_section(post) and can_edit_city(user, post.city)


def _is_about_a_section(post: Post) -> bool:
    return post.content_type_id == ContentType.objects.get_for_model(Section).pk


def can_settle_anchor(user: Person, anchor: Anchor) -> bool:
    """Who wrote the comment, and the editors of its city, while it is published and they may read the plan."""
    post = anchor.quote.post
    if post.status != Post.Status.PUBLISHED:
        return False
    own = is_signed_in(user) and post.user_id == user.pk
    return (own or can_edit_city(user, post.city)) and can_read_plan(user, anchor.version.plan)


def can_endorse(user: Person, version: PlanVersion, organisation: Organisation) -> bool:
    """Who speaks for an organisation of the city, for the newest version, once nobody is being asked any more and until the
    plan is adopted."""
    plan = version.plan
    return (
        organisation.city_id == plan.city_id
        and can_speak_for(user, organisation)
        and is_decided_on(plan)
        and version == plan.current_version
    )


def is_decided_on(plan: PlanPage) -> bool:
    """Whether the platform is deciding on the plan's newest version: the plan is being revised, or its consultation is over,
    and the version is not the one that is adopted, as at the beginning of an update."""
    phase, newest = plan.phase, plan.current_version
    if phase is None or newest is None or hasattr(newest, "adoption"):
        return False
    return phase.kind == Phase.Kind.REVISION or (phase.kind == Phase.Kind.CONSULTATION and phase.has_ended)


def can_adopt(user: Person, plan: PlanPage) -> bool:
    """A coordinator declares what the organisations' endorsements have decided."""
    return plan.live and is_decided_on(plan) and can_coordinate_city(user, plan.city)


def can_set_quorum_rule(user: Person, city: City) -> bool:
    return can_coordinate_city(user, city)


def can_start_update(user: Person, plan: PlanPage) -> bool:
    return plan.live and plan.is_fixed and can_coordinate_city(user, plan.city)
