"""Are PostgreSQL (DATABASE_URL) and Redis (REDIS_URL) there? Says which one is not."""

import os
import sys

import psycopg
import redis


def missing() -> list[str]:
    absent = []
    try:
        psycopg.connect(os.environ["DATABASE_URL"], connect_timeout=5).close()
    except psycopg.Error as error:
        absent.append(f"PostgreSQL does not answer: {error}".strip())
    try:
        redis.Redis.from_url(os.environ["REDIS_URL"], socket_connect_timeout=5).ping()
    except redis.RedisError as error:
        absent.append(f"Redis does not answer: {error}")
    return absent


if __name__ == "__main__":
    for sentence in missing():
        sys.stderr.write(f"groundswell: {sentence}\n")
    sys.exit(bool(missing()))
