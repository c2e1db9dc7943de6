"""All addresses. Wagtail's pages come last: they take whatever is left."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path, re_path
from django.views.static import serve
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from cms.views import serve as serve_page
from common.views import healthz
from members.views import enter
from plans.api.endpoints import api

handler400 = "common.views.bad_request"
handler403 = "common.views.permission_denied"
handler404 = "common.views.page_not_found"
handler429 = "common.ratelimit.too_many_requests"
handler500 = "common.views.server_error"

urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("dil/", include("django.conf.urls.i18n")),
    path("yonetim/login/", enter),
    path("yonetim/", include(wagtailadmin_urls)),
    path("api/v1/", api.urls),
    path("belgeler/", include(wagtaildocs_urls)),
    # With an S3 store nothing is found here; a large site lets its web server take this prefix.
    # Documents are not among it: Wagtail serves them, and never as pages of this site.
    re_path(r"^media/(?P<path>(?:original_|avatar_)?images/.*)$", serve, {"document_root": settings.MEDIA_ROOT}),
]

if settings.DEBUG:
    from cms.design import design

    urlpatterns += i18n_patterns(path("tasarim/", design, name="design"))

urlpatterns += i18n_patterns(
    path("hesap/", include("allauth.account.urls")),
    path("", include("members.urls")),
    path("ara/", include("search.urls")),
    path("forum/", include("forum.urls")),
    path("plan/", include("plans.urls")),
    path("bilgi/", include("knowledge.urls")),
    path("_util/login/", enter),
    re_path(wagtail_urls.serve_pattern, serve_page, name="wagtail_serve"),
    path("", include(wagtail_urls)),
)
