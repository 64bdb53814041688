"""Registers a user and changes a phone number. Decides by the problem, not by the status.

Usage: client.py http://localhost:8080 USERNAME
"""
import json
import random
import sys
import time
import urllib.error
import urllib.request
import uuid

RETRIES = 3
LONGEST_WAIT = 30


class Problem(Exception):
    """A response that is not a success."""

    def __init__(self, status, headers, body):
        super().__init__(body.get("title", "HTTP %d" % status))
        self.kind = body.get("kind")
        self.field = body.get("field")
        self.advice = body.get("retry", {}).get("advice")
        self.after = int(headers.get("Retry-After") or 0)


def send_once(method, url, body=None, headers=None):
    request = urllib.request.Request(url, method=method, headers=headers or {})
    request.add_header("Accept", "application/json, application/problem+json")
    if body is not None:
        request.data = json.dumps(body).encode()
        request.add_header("Content-Type", "application/json")
    try:
        with urllib.request.urlopen(request) as response:
            return json.load(response), response.headers.get("ETag")
    except urllib.error.HTTPError as error:
        try:
            problem = json.load(error)
        except ValueError:
            problem = {}
        raise Problem(error.code, error.headers, problem) from None


def send(method, url, body=None, headers=None):
    """Repeats the same request where the problem permits it: exponential backoff, full jitter."""
    for tried in range(RETRIES + 1):
        try:
            return send_once(method, url, body, headers)
        except Problem as problem:
            if problem.advice != "same-request" or tried == RETRIES or problem.after > LONGEST_WAIT:
                raise
            time.sleep(problem.after + random.uniform(0, 2**tried / 4))


def update(url, change):
    """Reads, changes and writes; a stale version is read again, and changed again."""
    for tried in range(RETRIES + 1):
        current, tag = send("GET", url)
        try:
            return send("PUT", url, change(current), {"If-Match": tag})
        except Problem as problem:
            if problem.advice != "refresh-then-retry" or tried == RETRIES:
                raise


def main(base, username):
    account = {"username": username, "email": username + "@example.org"}
    try:
        send("POST", base + "/register", account, {"Idempotency-Key": '"%s"' % uuid.uuid4()})
        print("registered " + username)
    except Problem as problem:
        if problem.kind != "duplicate-key":
            raise
        print("choose another %s: %s" % (problem.field, problem))
    customer, _ = update(base + "/api/customers/1", lambda c: {**c, "phone": "+44 20 7946 0007"})
    print("phone is " + customer["phone"])


if __name__ == "__main__":
    main(sys.argv[1].rstrip("/"), sys.argv[2])
