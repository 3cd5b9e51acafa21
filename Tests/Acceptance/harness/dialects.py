"""Answers of real upstreams, and what kind of conflict each of them is."""

import json

JSON = "application/json"
PROBLEM = "application/problem+json"


def js(value):
    """JSON bytes."""
    return json.dumps(value).encode()


# name: method, status, fields, body, kind
CONFLICTS = {
    "an empty 409": ("PUT", 409, {}, b"", "unspecified"),
    "a 409 in plain words": ("PUT", 409, {"Content-Type": "text/plain"}, b"Conflict", "unspecified"),
    "an empty 412": ("PUT", 412, {}, b"", "stale-version"),
    "an empty 423": ("PUT", 423, {}, b"", "locked"),
    "an empty 428": ("PUT", 428, {}, b"", "precondition-missing"),
    "a 409 to GET": ("GET", 409, {"Content-Type": "text/html"}, b"<html>Just a moment...</html>", "suspected-block"),
    "Kubernetes, changed": (
        "PUT",
        409,
        {"Content-Type": JSON},
        js(
            {
                "kind": "Status",
                "apiVersion": "v1",
                "status": "Failure",
                "reason": "Conflict",
                "code": 409,
                "message": 'Operation cannot be fulfilled on pods "a": the object has been modified; '
                "please apply your changes "
                "to the latest version and try again",
            }
        ),
        "stale-version-implicit",
    ),
    "Kubernetes, exists": (
        "POST",
        409,
        {"Content-Type": JSON},
        js(
            {
                "kind": "Status",
                "apiVersion": "v1",
                "status": "Failure",
                "reason": "AlreadyExists",
                "code": 409,
                "message": 'pods "a" already exists',
            }
        ),
        "already-exists",
    ),
    "CouchDB": (
        "PUT",
        409,
        {"Content-Type": JSON},
        js({"error": "conflict", "reason": "Document update conflict."}),
        "stale-version-implicit",
    ),
    "Elasticsearch": (
        "PUT",
        409,
        {"Content-Type": JSON},
        js(
            {
                "error": {
                    "type": "version_conflict_engine_exception",
                    "reason": "[1]: version conflict, required seqNo [1], primary term [1]. "
                    "current document has seqNo [3] and primary term [1]",
                },
                "status": 409,
            }
        ),
        "stale-version-implicit",
    ),
    "DynamoDB in a 400": (
        "POST",
        400,
        {"Content-Type": "application/x-amz-json-1.0"},
        js(
            {
                "__type": "com.amazonaws.dynamodb.v20120810#ConditionalCheckFailedException",
                "message": "The conditional request failed",
            }
        ),
        "stale-version-implicit",
    ),
    "Stripe, running": (
        "POST",
        409,
        {"Content-Type": JSON},
        js(
            {
                "error": {
                    "code": "idempotency_key_in_use",
                    "type": "idempotency_error",
                    "message": "There is currently another in-progress request",
                }
            }
        ),
        "duplicate-in-flight",
    ),
    "Stripe, reused": (
        "POST",
        400,
        {"Content-Type": JSON},
        js(
            {
                "error": {
                    "type": "idempotency_error",
                    "message": "Keys for idempotent requests can only be used with the same parameters",
                }
            }
        ),
        "key-reused",
    ),
    "PostgREST, unique": (
        "POST",
        409,
        {"Content-Type": JSON},
        js(
            {
                "code": "23505",
                "details": "Key (email)=(a@b.c) already exists.",
                "hint": None,
                "message": 'duplicate key value violates unique constraint "users_email_key"',
            }
        ),
        "uniqueness",
    ),
    "PostgREST, referenced": (
        "DELETE",
        409,
        {"Content-Type": JSON},
        js(
            {
                "code": "23503",
                "details": 'Key (id)=(1) is still referenced from table "members".',
                "hint": None,
                "message": 'update or delete on table "teams" violates foreign key constraint',
            }
        ),
        "referential",
    ),
    "a resumable upload": (
        "PATCH",
        409,
        {"Content-Type": PROBLEM, "Upload-Offset": "100", "Upload-Complete": "?0"},
        js(
            {
                "type": "https://iana.org/assignments/http-problem-types#mismatching-upload-offset",
                "title": "offset",
                "expected-offset": 100,
                "provided-offset": 200,
            }
        ),
        "offset",
    ),
    "WebDAV, locked": (
        "PUT",
        423,
        {"Content-Type": "application/xml"},
        b'<?xml version="1.0"?><D:error xmlns:D="DAV:"><D:lock-token-submitted/></D:error>',
        "locked",
    ),
    "S3, exists": (
        "PUT",
        412,
        {"Content-Type": "application/xml"},
        b"<Error><Code>PreconditionFailed</Code><Condition>If-None-Match</Condition></Error>",
        "already-exists",
    ),
    "a unique constraint in a 500": (
        "POST",
        500,
        {"Content-Type": "text/plain"},
        b'ERROR: duplicate key value violates unique constraint "users_email_key"',
        "uniqueness",
    ),
}

ORDINARY = {
    "a 200": ("PUT", 200, {}, b"conflict"),
    "a 404": ("GET", 404, {}, b"conflict"),
    "a 403": ("PUT", 403, {}, b"already exists"),
    "a validation 422": ("POST", 422, {"Content-Type": JSON}, js({"errors": {"name": ["can't be blank"]}})),
    "a validation 400": ("POST", 400, {"Content-Type": JSON}, js({"message": "name is required"})),
    "an empty 400": ("POST", 400, {}, b""),
    "an empty 500": ("POST", 500, {}, b""),
    "a 500 with a trace": (
        "POST",
        500,
        {"Content-Type": "text/plain"},
        b"Traceback (most recent call last): KeyError: 'x'",
    ),
    "a maintenance 503": ("GET", 503, {"Retry-After": "60"}, b"down for maintenance"),
    "a rate limit 429": ("GET", 429, {"Retry-After": "1", "Content-Type": JSON}, js({"error": "rate limited"})),
    "a 405": ("PUT", 405, {"Allow": "GET"}, b""),
}
