"""What words have in common apart from their endings, and what sets them apart."""

import pytest

from plans.alignment.folding import words

NEGATIVE = """
    paylaşılmaz yapılamaz olmaz verilmezse verilmedi verilmediği olmadığını verilmeyecek verilmeyen verilmemiş verilmiyor
    yapılmıyordu verilmemeli verilmemektedir verilmemesi verilmesin yapmamak ücretsiz izinsizdir değildir yoktur
"""
POSITIVE = """
    paylaşılır yapılması verilmesini çalışmadır bilgilendirme eğitmen uzman bölüm tutulması yapılmasında izlemeye danışmadan
    deniz temiz akademi toplanma sisteminde belediye mahalle kamera zaman yazmak yemekte alınması hizmetine iklim tamamı
    memnuniyet eleman yöntemiyle omuz
"""


@pytest.mark.parametrize(("listed", "negative"), [(NEGATIVE, True), (POSITIVE, False)])
def test_negations_are_told_from_nouns_that_look_like_them(listed, negative):
    assert [word for word in listed.split() if words(word)[0].negative is not negative] == []
