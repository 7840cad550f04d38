# SPDX-License-Identifier: Apache-2.0
"""An OMEMO client of its own family: slixmpp with python-omemo, python-twomemo (OMEMO 2) and python-oldmemo (legacy).

Arguments: address, port, own JID, password, file that keeps its keys and sessions, namespaces it speaks, the preferred first.
Reads a command a line: CHAT peer text / ROOM room text / JOIN room nickname / QUIT.
Prints a line each: READY device, JOINED, SENT, GONE, HEARD namespace sender text, FAILED reason.
"""
import asyncio
import base64
import json
import os
import ssl
import sys
from xml.etree import ElementTree

import oldmemo.etree
import omemo
import slixmpp
import twomemo.etree
from slixmpp.xmlstream.handler import CoroutineCallback
from slixmpp.xmlstream.matcher import MatchXPath

CLIENT = "{jabber:client}"
PUBSUB = "{http://jabber.org/protocol/pubsub}"
DATA = "{jabber:x:data}"
EVENT = "{http://jabber.org/protocol/pubsub#event}"
CARBONS = "{urn:xmpp:carbons:2}"
FORWARD = "{urn:xmpp:forward:0}"
SCE = "{urn:xmpp:sce:1}"
OPTIONS = "http://jabber.org/protocol/pubsub#publish-options"
MODULES = {twomemo.twomemo.NAMESPACE: twomemo.etree, oldmemo.oldmemo.NAMESPACE: oldmemo.etree}

address, port, jid, password, storage_file = sys.argv[1:6]
namespaces = sys.argv[6:]


def list_node(namespace):
    return namespace + (":devices" if namespace == twomemo.twomemo.NAMESPACE else ".devicelist")


def bundle_place(namespace, device):
    """Node and item of a device's bundle: OMEMO 2 has one node for all, legacy OMEMO one for each."""
    if namespace == twomemo.twomemo.NAMESPACE:
        return namespace + ":bundles", str(device)
    return "%s.bundles:%s" % (namespace, device), "current"


def tell(*words):
    print(*words, flush=True)


class FileStorage(omemo.Storage):
    def __init__(self):
        super().__init__(True)
        self.values = {}
        if os.path.exists(storage_file):
            with open(storage_file, encoding="utf-8") as kept:
                self.values = json.load(kept)

    async def _load(self, key):
        return omemo.Just(self.values[key]) if key in self.values else omemo.Nothing()

    async def _store(self, key, value):
        self.values[key] = value
        self.keep()

    async def _delete(self, key):
        self.values.pop(key, None)
        self.keep()

    def keep(self):
        with open(storage_file + ".new", "w", encoding="utf-8") as kept:
            json.dump(self.values, kept)
        os.replace(storage_file + ".new", storage_file)


class Sessions(omemo.SessionManager):
    """Trusts every device it meets: whom to trust is the users' business, what is tested is the server."""

    @staticmethod
    async def _upload_bundle(bundle):
        node, item = bundle_place(bundle.namespace, bundle.device_id)
        options = {"access_model": "open"}
        if bundle.namespace == twomemo.twomemo.NAMESPACE:
            options["max_items"] = "max"
        await client.publish(node, item, MODULES[bundle.namespace].serialize_bundle(bundle), options)

    @staticmethod
    async def _download_bundle(namespace, bare_jid, device_id):
        node, item = bundle_place(namespace, device_id)
        payload = await client.fetch(bare_jid, node, item)
        if payload is None:
            raise omemo.BundleNotFound("%s has no %s in %s" % (bare_jid, item, node))
        return MODULES[namespace].parse_bundle(payload, bare_jid, device_id)

    @staticmethod
    async def _delete_bundle(namespace, device_id):
        raise omemo.BundleDeletionFailed("this client never gives up a generation")

    @staticmethod
    async def _upload_device_list(namespace, device_list):
        payload = MODULES[namespace].serialize_device_list(device_list)
        await client.publish(list_node(namespace), "current", payload, {"access_model": "open"})

    @staticmethod
    async def _download_device_list(namespace, bare_jid):
        payload = await client.fetch(bare_jid, list_node(namespace), None)
        return {} if payload is None else MODULES[namespace].parse_device_list(payload)

    async def _evaluate_custom_trust_level(self, device):
        return omemo.TrustLevel.TRUSTED

    async def _make_trust_decision(self, undecided, identifier):
        raise omemo.TrustDecisionFailed("nothing is undecided")

    @staticmethod
    async def _send_message(message, bare_jid):
        client.send_encrypted(bare_jid, "chat", message)


class Client(slixmpp.ClientXMPP):
    def __init__(self):
        super().__init__(jid, password)
        self.sessions = None
        self.known = set()
        self.register_plugin("xep_0045")
        self.register_plugin("xep_0199")
        self.register_plugin("xep_0115")
        self.register_plugin("xep_0163")
        for namespace in namespaces:
            self["xep_0163"].add_interest(list_node(namespace))
        self.add_event_handler("session_start", self.start)
        self.add_event_handler("failed_all_auth", lambda event: tell("FAILED to log in"))
        # "message" is raised for those with a body alone, which OMEMO 2 does not have.
        self.register_handler(CoroutineCallback("any message", MatchXPath(CLIENT + "message"), self.message_came))

    def get_ssl_context(self):
        # The certificate is the test server's own; what is tested is the chat.
        context = ssl.create_default_context()
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
        return context

    async def start(self, event):
        storage = FileStorage()
        generations = {
            twomemo.twomemo.NAMESPACE: lambda: twomemo.Twomemo(storage),
            oldmemo.oldmemo.NAMESPACE: lambda: oldmemo.Oldmemo(storage),
        }
        backends = [generations[namespace]() for namespace in namespaces]
        try:
            self.sessions = await Sessions.create(backends, storage, self.boundjid.bare, None, "undecided")
        except omemo.OMEMOException as e:
            tell("FAILED to announce itself:", repr(e), repr(e.__cause__))
            return
        own, _ = await self.sessions.get_own_device_information()
        # Else the server gives what is said to this account to one of its devices alone.
        await self.enable_carbons()
        # From here on messages come, also those that waited.
        self.send_presence()
        await self.sessions.after_history_sync()
        tell("READY", own.device_id)
        # Held here: the loop alone would let it be collected while it waits.
        self.obeying = asyncio.ensure_future(self.obey())

    async def obey(self):
        lines = asyncio.StreamReader()
        await self.loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(lines), sys.stdin)
        while line := (await lines.readline()).decode().strip():
            verb, *words = line.split(" ", 2)
            try:
                if verb == "QUIT":
                    break
                if verb == "JOIN":
                    await self.join(words[0], words[1])
                elif verb == "CHAT":
                    await self.say({words[0]}, words[0], "chat", words[1])
                elif verb == "ROOM":
                    await self.say(await self.members(words[0]), words[0], "groupchat", words[1])
            except Exception as e:  # told to the test, which decides
                tell("FAILED", repr(e), repr(e.__cause__))
        self.send_presence(ptype="unavailable")
        # Answered after the presence before it: from here on the server keeps what comes.
        await self["xep_0199"].send_ping(self.boundjid.domain, timeout=30)
        tell("GONE")
        await self.disconnect()

    async def enable_carbons(self):
        iq = self.make_iq_set()
        iq.append(ElementTree.Element(CARBONS + "enable"))
        await iq.send(timeout=30)

    async def join(self, room, nickname):
        def entered(presence):
            if presence["muc"]["nick"] == nickname:
                tell("JOINED")

        self.add_event_handler("muc::%s::got_online" % room, entered)
        self["xep_0045"].join_muc(room, nickname)

    async def members(self, room):
        """All who may read along, also those who are away (XEP-0384 §6.1)."""
        members = set()
        for affiliation in ("owner", "admin", "member"):
            try:
                members.update(await self["xep_0045"].get_affiliation_list(room, affiliation))
            except slixmpp.exceptions.IqError:
                pass  # not everybody may see every list
        room_view = self["xep_0045"]
        members.update(room_view.get_jid_property(room, nick, "jid") for nick in room_view.get_roster(room))
        return {slixmpp.JID(member).bare for member in members} - {self.boundjid.bare}

    async def say(self, people, to, kind, text):
        for person in people - self.known:
            for namespace in namespaces:
                await self.sessions.refresh_device_list(namespace, person)
            self.known.add(person)
        plain = {
            twomemo.twomemo.NAMESPACE: self.envelope(to, text),
            oldmemo.oldmemo.NAMESPACE: text.encode(),
        }
        messages, errors = await self.sessions.encrypt(frozenset(people), {n: plain[n] for n in namespaces})
        for error in errors:
            tell("FAILED for a device:", repr(error), repr(error.__cause__))
        for message in messages:
            self.send_encrypted(to, kind, message)
        tell("SENT")

    def send_encrypted(self, to, kind, message):
        stanza = self.make_message(mto=to, mtype=kind)
        stanza.append(MODULES[message.namespace].serialize_message(message))
        stanza.append(ElementTree.Element("{urn:xmpp:eme:0}encryption", {"namespace": message.namespace}))
        stanza.append(ElementTree.Element("{urn:xmpp:hints}store"))
        if message.namespace == oldmemo.oldmemo.NAMESPACE:
            # As clients of that generation do; servers keep no room history of what has no body.
            stanza["body"] = "I sent you an OMEMO encrypted message but your client doesn't seem to support that."
        stanza.send()

    def envelope(self, to, text):
        """XEP-0420 with the affix elements that OMEMO 2 requires."""
        envelope = ElementTree.Element(SCE + "envelope")
        body = ElementTree.SubElement(ElementTree.SubElement(envelope, SCE + "content"), CLIENT + "body")
        body.text = text
        ElementTree.SubElement(envelope, SCE + "rpad").text = base64.b64encode(os.urandom(24)).decode()
        ElementTree.SubElement(envelope, SCE + "from", {"jid": self.boundjid.bare})
        ElementTree.SubElement(envelope, SCE + "to", {"jid": to})
        return ElementTree.tostring(envelope)

    async def message_came(self, stanza):
        message = stanza.xml
        copy = message.find(CARBONS + "received/" + FORWARD + "forwarded/" + CLIENT + "message")
        said = message if copy is None or stanza["from"] != self.boundjid.bare else copy
        for namespace in namespaces:
            encrypted = said.find("{%s}encrypted" % namespace)
            if encrypted is not None:
                await self.decrypt(namespace, encrypted, slixmpp.JID(said.get("from")), said.get("type"))
        for items in message.findall(EVENT + "event/" + EVENT + "items"):
            for namespace in namespaces:
                payload = items.find(EVENT + "item/*")
                if items.get("node") == list_node(namespace) and payload is not None and self.sessions:
                    owner = stanza["from"].bare or self.boundjid.bare
                    devices = MODULES[namespace].parse_device_list(payload)
                    await self.sessions.update_device_list(namespace, owner, devices)

    async def decrypt(self, namespace, encrypted, sender, kind):
        if kind == "groupchat":
            if sender.resource == self["xep_0045"].our_nicks.get(sender.bare):
                return  # what it said itself
            sender = slixmpp.JID(self["xep_0045"].get_jid_property(sender.bare, sender.resource, "jid"))
        try:
            if namespace == twomemo.twomemo.NAMESPACE:
                parsed = twomemo.etree.parse_message(encrypted, sender.bare)
            else:
                parsed = await oldmemo.etree.parse_message(encrypted, sender.bare, self.boundjid.bare, self.sessions)
            plain, _, _ = await self.sessions.decrypt(parsed)
        except Exception as e:  # told to the test, which decides
            tell("FAILED to decrypt:", repr(e), repr(e.__cause__))
            return
        if plain is None:
            return  # keys alone
        if namespace == twomemo.twomemo.NAMESPACE:
            envelope = ElementTree.fromstring(plain)
            if envelope.find(SCE + "from").get("jid") != sender.bare:
                tell("FAILED the envelope is from somebody else")
                return
            plain = envelope.find(SCE + "content/" + CLIENT + "body").text.encode()
        tell("HEARD", namespace, sender.bare, plain.decode())

    async def publish(self, node, item, payload, options):
        iq = self.make_iq_set()
        pubsub = ElementTree.Element(PUBSUB + "pubsub")
        publish = ElementTree.SubElement(pubsub, PUBSUB + "publish", {"node": node})
        ElementTree.SubElement(publish, PUBSUB + "item", {"id": item}).append(payload)
        form = ElementTree.SubElement(
            ElementTree.SubElement(pubsub, PUBSUB + "publish-options"), DATA + "x", {"type": "submit"})
        kind = ElementTree.SubElement(form, DATA + "field", {"var": "FORM_TYPE", "type": "hidden"})
        ElementTree.SubElement(kind, DATA + "value").text = OPTIONS
        for name, value in options.items():
            field = ElementTree.SubElement(form, DATA + "field", {"var": "pubsub#" + name})
            ElementTree.SubElement(field, DATA + "value").text = value
        iq.append(pubsub)
        await iq.send(timeout=30)

    async def fetch(self, owner, node, item):
        """The payload, or None if there is no such thing."""
        iq = self.make_iq_get(ito=owner)
        pubsub = ElementTree.Element(PUBSUB + "pubsub")
        items = ElementTree.SubElement(pubsub, PUBSUB + "items", {"node": node})
        if item:
            ElementTree.SubElement(items, PUBSUB + "item", {"id": item})
        iq.append(pubsub)
        try:
            answer = await iq.send(timeout=30)
        except slixmpp.exceptions.IqError as e:
            if e.condition == "item-not-found":
                return None
            raise
        return answer.xml.find("%spubsub/%sitems/%sitem/*" % (PUBSUB, PUBSUB, PUBSUB))


client = Client()
client.connect((address, int(port)), disable_starttls=False)
client.process(forever=False)
