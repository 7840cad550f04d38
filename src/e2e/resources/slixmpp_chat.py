# SPDX-License-Identifier: Apache-2.0
"""Says something to somebody, in clear or beside the XML given, and prints what comes back.

Arguments: address, port, own JID, password, peer, body, XML to add or "".
"""
import ssl
import sys
from xml.etree import ElementTree

import slixmpp

STANZAS = "{urn:ietf:params:xml:ns:xmpp-stanzas}"

address, port, jid, password, peer, body, extension = sys.argv[1:8]


class Writer(slixmpp.ClientXMPP):
    def __init__(self):
        super().__init__(jid, password)
        self.register_plugin("xep_0199")
        self.add_event_handler("session_start", self.start)
        self.add_event_handler("message", self.heard)
        self.add_event_handler("message_error", self.refused)
        self.add_event_handler("failed_all_auth", lambda event: self.tell("FAILED to log in"))

    def get_ssl_context(self):
        # The certificate is the test server's own; what is tested is the chat.
        context = ssl.create_default_context()
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
        return context

    async def start(self, event):
        self.send_presence()
        message = self.make_message(mto=peer, mbody=body or None, mtype="chat")
        if extension:
            message.append(ElementTree.fromstring(extension))
        message.send()
        # Answered after the message before it has been handled.
        await self.plugin["xep_0199"].send_ping(jid.split("@")[1])
        self.tell("NOTHING came back")

    def heard(self, message):
        if message["type"] != "error":
            self.tell("HEARD %s %s" % (message["from"], message["body"]))

    def refused(self, message):
        # slixmpp's own list of conditions lacks policy-violation (RFC 6120 8.3.3.12).
        conditions = [one.tag for one in message["error"].xml if one.tag.startswith(STANZAS)]
        name = conditions[0][len(STANZAS):] if conditions else "none"
        self.tell("ERROR %s %s" % (name, message["error"]["text"]))

    def tell(self, words):
        # Marked, because slixmpp prints things of its own.
        print("RESULT " + words, flush=True)
        self.disconnect()


writer = Writer()
writer.connect((address, int(port)), disable_starttls=False)
writer.loop.call_later(30, lambda: writer.tell("NOTHING within 30 s"))
writer.process(forever=False)
