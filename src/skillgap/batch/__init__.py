"""Many résumés: found (`sources`), kept account of (`ledger`), analyzed on this machine (`runner`) or
on a Dask cluster (`cluster`), ranked (`ranking`) and written (`outputs`).

The ledger is the queue. The service stands on it as well.
"""
