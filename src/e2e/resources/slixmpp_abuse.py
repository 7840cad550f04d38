# SPDX-License-Identifier: Apache-2.0
"""
Enters a room with slixmpp and does what is asked for, the rest of the arguments being stanzas; the room's answer to each is
printed as a line: RESULT, the stanza's number, and COPY, or the condition of an error. "{room}" and "{id}" are filled in.
"""
import ssl
import sys

import slixmpp

STANZAS = "{urn:ietf:params:xml:ns:xmpp-stanzas}"

address, port, jid, password, room, nickname = sys.argv[1:7]
stanzas = sys.argv[7:]


class Abuser(slixmpp.ClientXMPP):
    def __init__(self):
        super().__init__(jid, password)
        self.register_plugin("xep_0045")
        self.answers = {}
        self.add_event_handler("session_start", self.start)
        self.add_event_handler("failed_all_auth", lambda event: self.finish("FAILED to log in"))
        self.add_event_handler("muc::%s::got_online" % room, self.entered)
        self.add_filter("in", self.seen)

    def get_ssl_context(self):
        # The certificate is the test server's own; what is tested is the room.
        context = ssl.create_default_context()
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
        return context

    async def start(self, event):
        self.send_presence()
        self.plugin["xep_0045"].join_muc(room, nickname)

    def entered(self, presence):
        if presence["muc"]["nick"] == nickname and not self.answers:
            for number, stanza in enumerate(stanzas):
                self.send_raw(stanza.replace("{room}", room).replace("{id}", "abuse-%d" % number))
            self.answers[""] = ""

    def seen(self, stanza):
        number = stanza["id"].removeprefix("abuse-")
        if number != stanza["id"] and str(stanza["from"]).startswith(room) and number not in self.answers:
            conditions = [one.tag for one in stanza.xml.iter() if one.tag.startswith(STANZAS)]
            is_error = stanza["type"] == "error"
            self.answers[number] = conditions[0][len(STANZAS):] if is_error else "COPY"
            if len(self.answers) == len(stanzas) + 1:
                self.finish("")
        return stanza

    def finish(self, trouble):
        # Marked, because slixmpp prints things of its own.
        for number in sorted((one for one in self.answers if one), key=int):
            print("RESULT %s %s" % (number, self.answers[number]), flush=True)
        if trouble:
            print("RESULT " + trouble, flush=True)
        self.disconnect()


abuser = Abuser()
abuser.connect((address, int(port)), disable_starttls=False)
abuser.loop.call_later(40, lambda: abuser.finish("NO MORE within 40 s"))
abuser.process(forever=False)
