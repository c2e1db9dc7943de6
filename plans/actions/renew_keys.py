"""Give a copied chapter's sections keys of their own."""

import json
from collections import defaultdict
from uuid import uuid4

from django.db import transaction

from members.models import User
from plans.models import ChapterPage


@transaction.atomic
def renew_keys(*, by: User, chapter: ChapterPage) -> None:
    """Wagtail copies a page with its block ids, but a section's key stands once in a plan: the copy gets new ones.

    The approved text and the newer draft keep the same keys as each other. Whether the person may copy the chapter has been
    decided by Wagtail, of whose copying this is a part.
    """
    renewed: dict[str, str] = defaultdict(lambda: str(uuid4()))
    draft = chapter.get_latest_revision_as_object()
    for state in (chapter, draft):
        blocks = [{**block, "id": renewed[block["id"]]} for block in state.sections.raw_data]
        state.sections = json.dumps(blocks)
    chapter.save(clean=False, update_fields=["sections"])
    draft.save_revision(user=by, changed=False, clean=False)
