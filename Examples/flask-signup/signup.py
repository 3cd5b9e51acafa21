"""A sign-up service and a small items API, as thousands of them run: no version check, no lock, and a 409 in its own words."""

from flask import Flask, Response, jsonify, request

app = Flask(__name__)
accounts, items = {}, {"welcome": {"title": "Welcome", "votes": 0}}


def taken(name):
    """What four real services answer when a name is taken. The client asks for one of them by `?dialect=`."""
    dialect = request.args.get("dialect", "json")
    if dialect == "text":
        return Response(f"username {name} already exists", 409, mimetype="text/plain")
    if dialect == "postgrest":
        return jsonify(code="23505", details=f"Key (name)=({name}) already exists.", hint=None,
                       message='duplicate key value violates unique constraint "accounts_name_key"'), 409
    if dialect == "empty":
        return Response(status=409)
    return jsonify(error="username_taken", message=f"The username {name} is already taken."), 409


@app.post("/accounts")
def sign_up():
    """Creates an account unless the name is taken."""
    name = (request.get_json(silent=True) or {}).get("name", "")
    if not name:
        return jsonify(error="name is required"), 422
    if name in accounts:
        return taken(name)
    accounts[name] = {"name": name}
    return jsonify(accounts[name]), 201, {"Location": f"/accounts/{name}"}


@app.get("/accounts/<name>")
def account(name):
    """Shows an account."""
    return (jsonify(accounts[name]), 200) if name in accounts else (jsonify(error="no such account"), 404)


@app.get("/items/<name>")
def read(name):
    """Shows an item; there is no ETag."""
    return (jsonify(items[name]), 200) if name in items else (jsonify(error="no such item"), 404)


@app.put("/items/<name>")
def write(name):
    """Replaces an item, whoever else has changed it meanwhile: the last write wins."""
    created = name not in items
    items[name] = request.get_json()
    return jsonify(items[name]), 201 if created else 200


@app.delete("/items/<name>")
def remove(name):
    """Removes an item."""
    return ("", 204) if items.pop(name, None) else (jsonify(error="no such item"), 404)


@app.post("/reset")
def reset():
    """Forgets everything, so that the walk through the README can be repeated."""
    accounts.clear()
    items.clear()
    items["welcome"] = {"title": "Welcome", "votes": 0}
    return "", 204
