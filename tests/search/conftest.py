"""Which tests of Elasticsearch there are depends on its servers (.ci/with-elasticsearch): none are skipped."""

from tests.search.servers import is_ours, named_urls

collect_ignore = []
if not named_urls():
    collect_ignore.append("test_elastic.py")
if not is_ours() or len(named_urls()) < 3:
    collect_ignore.append("test_elastic_outage.py")
