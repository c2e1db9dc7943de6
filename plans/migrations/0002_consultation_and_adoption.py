import django.core.validators
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('forum', '0003_post_organisation_kind'),
        ('members', '0002_draft'),
        ('plans', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='anchor',
            name='decision',
            field=models.CharField(blank=True, max_length=10, verbose_name='settled as'),
        ),
        migrations.AddField(
            model_name='answer',
            name='group',
            field=models.UUIDField(db_index=True, null=True, verbose_name='group'),
        ),
        migrations.AddField(
            model_name='planversion',
            name='source',
            field=models.JSONField(default=list, verbose_name='chapters as drafted'),
        ),
        migrations.CreateModel(
            name='Adoption',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('adopted_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='adopted at')),
                ('organisations', models.PositiveSmallIntegerField(verbose_name='organisations needed')),
                ('kinds', models.PositiveSmallIntegerField(verbose_name='kinds needed')),
                ('adopted_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='adopted by')),
                ('version', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='adoption', to='plans.planversion', verbose_name='version')),
            ],
            options={
                'verbose_name': 'adoption',
                'verbose_name_plural': 'adoptions',
            },
        ),
        migrations.CreateModel(
            name='QuorumRule',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('organisations', models.PositiveSmallIntegerField(default=3, validators=[django.core.validators.MinValueValidator(2)], verbose_name='organisations')),
                ('kinds', models.PositiveSmallIntegerField(default=3, validators=[django.core.validators.MinValueValidator(2), django.core.validators.MaxValueValidator(5)], verbose_name='kinds of organisations')),
                ('city', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='quorum_rule', to='members.city', verbose_name='city')),
            ],
            options={
                'verbose_name': 'quorum rule',
                'verbose_name_plural': 'quorum rules',
            },
        ),
        migrations.CreateModel(
            name='Settlement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('decision', models.CharField(choices=[('same_place', 'It belongs there'), ('moved_here', 'Attached to other words'), ('settled', 'Settled'), ('open', 'Still open')], max_length=10, verbose_name='decision')),
                ('remark', models.TextField(blank=True, verbose_name='remark')),
                ('decided_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='decided at')),
                ('verdict', models.CharField(choices=[('same', 'Unchanged'), ('moved', 'Moved'), ('edited', 'Text edited'), ('check', 'To be checked'), ('orphan', 'No longer in the plan')], max_length=8, verbose_name='verdict before')),
                ('start', models.PositiveIntegerField(null=True, verbose_name='start before')),
                ('end', models.PositiveIntegerField(null=True, verbose_name='end before')),
                ('anchor', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='settlements', to='plans.anchor', verbose_name='anchor')),
                ('decided_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='decided by')),
                ('section', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='plans.section', verbose_name='section before')),
            ],
            options={
                'verbose_name': 'settlement',
                'verbose_name_plural': 'settlements',
                'ordering': ('decided_at', 'pk'),
            },
        ),
        migrations.CreateModel(
            name='Suggestion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('words', models.TextField(blank=True, verbose_name='proposed words')),
                ('merged_at', models.DateTimeField(blank=True, null=True, verbose_name='merged at')),
                ('merged_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='merged by')),
                ('post', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='suggestion', to='forum.post', verbose_name='comment')),
            ],
            options={
                'verbose_name': 'suggestion',
                'verbose_name_plural': 'suggestions',
            },
        ),
        migrations.CreateModel(
            name='Change',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('added', 'New section'), ('removed', 'Taken out'), ('edited', 'Text changed'), ('renamed', 'Heading changed'), ('moved', 'Moved')], max_length=8, verbose_name='kind')),
                ('reason', models.TextField(blank=True, verbose_name='reason')),
                ('comments', models.ManyToManyField(blank=True, related_name='led_to', to='forum.post', verbose_name='comments that led to it')),
                ('section', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='changes', to='plans.section', verbose_name='section')),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='changes', to='plans.planversion', verbose_name='version')),
            ],
            options={
                'verbose_name': 'change',
                'verbose_name_plural': 'changes',
                'constraints': [models.UniqueConstraint(fields=('version', 'section'), name='one_change_per_section')],
            },
        ),
        migrations.CreateModel(
            name='Endorsement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('endorsed_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='endorsed at')),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True, verbose_name='withdrawn at')),
                ('endorsed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='endorsed by')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='endorsements', to='members.organisation', verbose_name='organisation')),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='endorsements', to='plans.planversion', verbose_name='version')),
            ],
            options={
                'verbose_name': 'endorsement',
                'verbose_name_plural': 'endorsements',
                'ordering': ('endorsed_at',),
                'constraints': [models.UniqueConstraint(condition=models.Q(('withdrawn_at__isnull', True)), fields=('version', 'organisation'), name='an_organisation_endorses_once')],
            },
        ),
        migrations.CreateModel(
            name='Phase',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('preparation', 'Preparation'), ('draft', 'Draft'), ('consultation', 'In consultation'), ('revision', 'Revision'), ('adopted', 'Adopted'), ('monitoring', 'Monitoring'), ('archived', 'Archived')], max_length=12, verbose_name='phase')),
                ('audience', models.CharField(choices=[('public', 'Everybody'), ('members', 'Members of the city')], default='public', max_length=8, verbose_name='who may read')),
                ('starts_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='begins')),
                ('ends_at', models.DateTimeField(blank=True, null=True, verbose_name='ends')),
                ('reminded_at', models.DateTimeField(blank=True, null=True, verbose_name='reminded at')),
                ('entered_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='set by')),
                ('plan', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='phases', to='plans.planpage', verbose_name='plan')),
            ],
            options={
                'verbose_name': 'phase',
                'verbose_name_plural': 'phases',
                'ordering': ('starts_at', 'pk'),
                'constraints': [models.CheckConstraint(condition=models.Q(('ends_at__isnull', True), ('ends_at__gt', models.F('starts_at')), _connector='OR'), name='phase_ends_after_it_begins'), models.CheckConstraint(condition=models.Q(models.Q(('kind', 'consultation'), _negated=True), ('ends_at__isnull', False), _connector='OR'), name='consultation_has_an_end')],
            },
        ),
        migrations.CreateModel(
            name='ReadMark',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('read_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='read at')),
                ('plan', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='plans.planpage', verbose_name='plan')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='member')),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='plans.planversion', verbose_name='version')),
            ],
            options={
                'verbose_name': 'read mark',
                'verbose_name_plural': 'read marks',
                'constraints': [models.UniqueConstraint(fields=('user', 'plan'), name='one_read_mark_per_plan')],
            },
        ),
        migrations.CreateModel(
            name='Successor',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('share', models.FloatField(verbose_name='share')),
                ('section', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='successors', to='plans.section', verbose_name='section')),
                ('successor', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='predecessors', to='plans.section', verbose_name='successor')),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='successors', to='plans.planversion', verbose_name='version')),
            ],
            options={
                'verbose_name': 'successor',
                'verbose_name_plural': 'successors',
                'ordering': ('-share',),
                'constraints': [models.UniqueConstraint(fields=('version', 'section', 'successor'), name='successor_named_once')],
            },
        ),
        migrations.CreateModel(
            name='Support',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('given_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='given at')),
                ('suggestion', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='supports', to='plans.suggestion', verbose_name='suggestion')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='member')),
            ],
            options={
                'verbose_name': 'support',
                'verbose_name_plural': 'supports',
                'constraints': [models.UniqueConstraint(fields=('suggestion', 'user'), name='one_support_per_person')],
            },
        ),
    ]
