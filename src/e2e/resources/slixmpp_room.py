# SPDX-License-Identifier: Apache-2.0
"""Joins a room with slixmpp, says one thing, prints what the room answers: RESULT COPY, or RESULT ERROR with condition and text."""
import asyncio
import ssl
import sys

import slixmpp

STANZAS = "{urn:ietf:params:xml:ns:xmpp-stanzas}"

address, port, jid, password, room, nickname, body = sys.argv[1:8]


class Visitor(slixmpp.ClientXMPP):
    def __init__(self):
        super().__init__(jid, password)
        self.register_plugin("xep_0045")
        self.add_event_handler("session_start", self.start)
        self.add_event_handler("groupchat_message", self.heard)
        self.add_event_handler("message_error", self.refused)
        self.add_event_handler("failed_all_auth", lambda event: self.tell("FAILED to log in"))

    def get_ssl_context(self):
        # The certificate is the test server's own; what is tested is the room.
        context = ssl.create_default_context()
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
        return context

    async def start(self, event):
        self.send_presence()
        self.plugin["xep_0045"].join_muc(room, nickname)
        await asyncio.sleep(0)
        self.add_event_handler("muc::%s::got_online" % room, self.entered)

    def entered(self, presence):
        if presence["muc"]["nick"] == nickname:
            self.send_message(mto=room, mbody=body, mtype="groupchat")

    def heard(self, message):
        if message["body"] == body and message["mucnick"] == nickname:
            self.tell("COPY")

    def refused(self, message):
        # slixmpp's own list of conditions lacks policy-violation (RFC 6120 §8.3.3.12).
        conditions = [one.tag for one in message["error"].xml if one.tag.startswith(STANZAS)]
        name = conditions[0][len(STANZAS):] if conditions else "none"
        self.tell("ERROR %s %s" % (name, message["error"]["text"]))

    def tell(self, words):
        # Marked, because slixmpp prints things of its own.
        print("RESULT " + words, flush=True)
        self.disconnect()


visitor = Visitor()
visitor.connect((address, int(port)), disable_starttls=False)
visitor.loop.call_later(30, lambda: visitor.tell("NOTHING within 30 s"))
visitor.process(forever=False)
