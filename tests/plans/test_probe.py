import gzip, time, cProfile, pstats, re
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.plans.big_plan import make_big_plan

def test_probe(city, editor, member, moderator, coordinator, client, client_of):
    t=time.time(); v=make_big_plan(city, by=editor); print("build", time.time()-t)
    ts=[x for x in v.texts.all() if not x.is_chapter]
    text="\n".join(t.text for t in ts)
    print(len(ts), len(text)//len(ts), sum(t.html.count("data-start") for t in ts)/len(ts), len(gzip.compress(text.encode(),6))/len(text.encode()))
    for name,c in dict(visitor=client, member=client_of(member), editor=client_of(editor), moderator=client_of(moderator), coordinator=client_of(coordinator)).items():
        c.get(v.plan.get_url())
        with CaptureQueriesContext(connection, ) as q:
            t=time.time(); r=c.get(v.plan.get_url()); t=time.time()-t
        assert r.status_code==200
        print(name, len(q), len(r.content), len(gzip.compress(r.content,6)), f"{t:.2f}s")
        if name in ("visitor","coordinator"):
            for x in q.captured_queries: print("   ", x["time"], x["sql"][:60], "…", " ".join(re.findall(r'FROM "\w+"|WHERE .{0,300}', x["sql"])[:3])[:330])
    p=cProfile.Profile(); p.enable(); client.get(v.plan.get_url()); p.disable()
    pstats.Stats(p).sort_stats("cumtime").print_stats(45)
    __import__("pathlib").Path("/tmp/big.html").write_bytes(client.get(v.plan.get_url()).content)
