"""What editors upload is no page, and no script, of this site."""

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from wagtail.documents import get_document_model
from wagtail.models import Collection


@pytest.fixture
def add(client_of, editor):
    """`add(name)`: an editor uploads a document of this name; gives the documents that are there then."""

    def add(name):
        collection = Collection.get_first_root_node().pk
        file = SimpleUploadedFile(name, b"<script src='zz.js'></script>")
        client_of(editor).post("/yonetim/documents/add/", {"title": name, "collection": collection, "file": file})
        return get_document_model().objects.filter(title=name)

    return add


@pytest.mark.parametrize("name", ["sayfa.html", "betik.js", "cizim.svg", "sayfa.xhtml"])
def test_pages_and_scripts_are_refused(add, name):
    assert not add(name).exists()


def test_documents_are_taken(add):
    assert add("rapor.pdf").exists()


def test_no_document_is_served_past_wagtail(client, db):
    document = get_document_model().objects.create(title="x", file=ContentFile(b"<script></script>", name="x.html"))
    assert client.get(f"/media/{document.file.name}").status_code == 404
    served = client.get(document.url)
    served.close()
    assert served.headers["Content-Disposition"].startswith("attachment")


def test_pictures_are_served(client, db):
    for folder in ("images", "original_images", "avatar_images"):
        name = default_storage.save(f"{folder}/p.png", ContentFile(b"\x89PNG"))
        served = client.get(f"/media/{name}")
        served.close()
        assert (served.status_code, served.headers["Content-Type"]) == (200, "image/png")
