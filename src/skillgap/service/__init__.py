"""The HTTP service: upload a résumé, get the answer, keep it private. FastAPI is imported here only."""
