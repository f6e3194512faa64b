"""What schemathesis must know beyond api/openapi.yaml to make requests that the contract's sentences allow."""

import atexit
import collections
import datetime
import itertools
import json
import os

import schemathesis
from hypothesis import strategies as st
from schemathesis.specs.openapi import stateful

TEXT = {"$ref": "#/components/schemas/Text"}

# Lo, but drawn as nothing: no user id may hold them.
FILLERS = "\u115f\u1160\u3164\uffa0"

# Some are people that the server knows, or no invitation would ever be sent.
guest_tokens = json.loads(os.environ["COSTAGE_GUEST_TOKENS"])
known_users = st.sampled_from(sorted(guest_tokens))
new_users = st.text(
    st.characters(categories=["L", "N"], include_characters="-_@", exclude_characters=FILLERS),
    min_size=1,
    max_size=32,  # characters of at most 4 bytes, of 128 bytes
)
schemathesis.openapi.format("user-id", known_users | known_users | known_users | new_users)

# To clients a cursor is any nextCursor; this is the form of those that lists of rooms and invitations give.
schemathesis.openapi.format("cursor", st.from_regex(r"[0-9]{1,13}\.[0-9A-Za-z_]{1,20}", fullmatch=True))


# A time that is over is refused, which a schema cannot say.
ahead = st.integers(1, 365 * 24 * 60 - 1).map(lambda m: datetime.datetime.now(datetime.UTC) + datetime.timedelta(minutes=m))
schemathesis.openapi.format("time-ahead", ahead.map(lambda time: time.isoformat().replace("+00:00", "Z")))


def any_text_inside(schema):
    """"Text in requests": unknown fields are ignored, but their texts are checked. As schemas that would make the SDK's
    types say that every field is known, so the contract has it in words."""
    schema["propertyNames"] = TEXT
    schema["additionalProperties"] = {"$ref": "#/components/schemas/AnyJson"}


# The last two code points of every plane but the first, which ECMAScript's patterns can only hold as themselves.
NONCHARACTERS = "".join(chr(plane << 16 | last) for plane in range(1, 17) for last in (0xFFFE, 0xFFFF))


@schemathesis.hook
def before_load_schema(context, raw_schema):
    schemas = raw_schema["components"]["schemas"]
    for name in ("Text", "Title", "Tag"):
        schemas[name]["pattern"] = schemas[name]["pattern"].replace("\\uFFFF]", f"\\uFFFF{NONCHARACTERS}]")
    anything = {"$ref": "#/components/schemas/AnyJson"}
    schemas["AnyJson"] = {
        "anyOf": [
            {"type": ["null", "boolean", "number"]},
            TEXT,
            {"type": "array", "items": anything},
            {"type": "object", "propertyNames": TEXT, "additionalProperties": anything},
        ]
    }
    for name in ("NewRoom", "RoomChanges"):
        schemas[name]["properties"]["scheduledAt"]["format"] = "time-ahead"
    # The server under test has one media region, which has no name.
    schemas["NewRoom"]["properties"]["mediaRegion"]["enum"] = [""]
    for name in ("NewRoom", "RoomChanges", "NewInvitation", "NewInvitations", "NewStageRequest", "DeclineRequest", "MyChanges", "TrackSources", "StagePermissions", "Successor", "Scene", "RunOfShow", "RunOfShowItem", "NewUser", "NewGuest", "NewDevToken", "Lease", "Metadata", "Policies", "NewMessage", "MessageChanges", "ModerationReason", "NewPin", "NewMute", "MessageReview", "NewReport", "WordList", "ListedWord", "NewMessageReaction", "ChatSettingsChanges", "NewEgress", "NewIngress"):
        any_text_inside(schemas[name])


# A chain of requests begins with a new room. schemathesis would let any POST with links and any list begin one, and most
# requests would then be about rooms that nobody made. (No option says so, but the version is pinned.)
stateful.is_likely_root_transition = lambda operation, *_: operation.label == "POST /v1/rooms"


# Who was invited last, by the ids of the invitation and the room, and who asked last. What is only for them is asked in
# their name.
invitees = {}
requesters = {}
THEIRS = {
    "/v1/invitations/{invitationId}/accept": invitees,
    "/v1/invitations/{invitationId}/reject": invitees,
    "/v1/rooms/{roomId}/invitation": invitees,
    "/v1/requests/{requestId}/withdraw": requesters,
    "/v1/rooms/{roomId}/request": requesters,
}


def asked_by(token):
    """Puts this token in the place of the caller's; requests that schemathesis sends with none or a bad one stay so."""

    def change(request):
        if request.headers.get("Authorization") == f"Bearer {os.environ['COSTAGE_TOKEN']}":
            request.headers["Authorization"] = f"Bearer {token}"
        return request

    return change


# Most invitations go to guests in turn: left alone they go to the host or to nobody, and nothing follows.
next_guest = itertools.cycle(sorted(guest_tokens) + [None, None, None])


def choose_guest(case):
    guest = next(next_guest)
    if guest and case.meta.generation.mode.is_positive and "userId" in case.body:
        case.body["userId"] = guest


# The host cannot ask: others do in turn.
next_requester = itertools.cycle(sorted(guest_tokens) + [None])


# Every other room lets guests in: left alone hardly any would.
lets_guests_in = itertools.cycle([True, False])


def let_guests_in(case):
    policies = case.body.get("policies", {}) if isinstance(case.body, dict) else None
    if next(lets_guests_in) and case.meta.generation.mode.is_positive and isinstance(policies, dict):
        case.body["policies"] = {**policies, "guestsMayWatch": True}


# In a query numbers and words are texts, and one value is a list: nobody can tell them from tags.
@schemathesis.hook
def filter_query(context, query):
    tags = (query or {}).get("tag", [])
    return isinstance(tags, list) and all(isinstance(tag, str) for tag in tags)


@schemathesis.hook
def before_call(context, case, kwargs):
    if case.operation.label == "POST /v1/rooms":
        let_guests_in(case)
    if case.operation.label == "POST /v1/rooms/{roomId}/invitations":
        choose_guest(case)
    ids = (case.path_parameters or {}).values()
    people = THEIRS.get(case.path, {})
    person = next((people[id] for id in ids if id in people), None)
    if case.operation.label == "POST /v1/rooms/{roomId}/requests":
        person = next(next_requester)
    if person in guest_tokens:
        kwargs["auth"] = asked_by(guest_tokens[person])


# How often each operation gave which status: a run that only ever saw refusals would show little.
statuses = collections.defaultdict(collections.Counter)


@schemathesis.hook
def after_call(context, case, response):
    statuses[case.operation.label][response.status_code] += 1
    if case.path.endswith("/invitations") and case.method == "POST" and response.status_code in (200, 201):
        invitation = response.json()
        invitees[invitation["invitationId"]] = invitees[invitation["roomId"]] = invitation["inviteeId"]
    if case.path.endswith("/requests") and case.method == "POST" and response.status_code in (200, 201):
        request = response.json()
        requesters[request["requestId"]] = requesters[request["roomId"]] = request["userId"]


@atexit.register
def write_statuses():
    with open(os.environ["COSTAGE_STATUSES"], "w") as out:
        json.dump(statuses, out, indent=1)
