// SPDX-License-Identifier: Apache-2.0
package im.bastion.e2e.moderation;

import im.bastion.e2e.host.BoundHost;
import im.bastion.e2e.server.OpenfireServer;
import java.util.List;
import java.util.Locale;

/** The rules of rooms whose name begins with the name of the policy: fields of their definitions, without the scope. */
enum Policy {
    /** Nothing but what is always there. */
    PLAIN,
    /** The shipped limits. */
    FLOOD("'type':'rate-limit'"),
    /** The shipped limits, and a mute at the first strike. */
    STRICT("'type':'rate-limit'", "'type':'ladder','warn':0,'mute':1,'muteSeconds':10,'kick':0,'ban':0"),
    /** A room that strangers can fill. */
    CROWD("'type':'rate-limit','perRoom':20"),
    /** A door that few can come through at once. */
    DOOR("'type':'wave','joins':5,'joinSeconds':60,'quietSeconds':10"),
    /** The shipped sizes. */
    LENGTH("'type':'length'"),
    /** One phrase, however it is dressed up. */
    WORDS("'type':'listed-phrase','phrases':['buy cheap pills'],'leet':true,'spaced':true", "'type':'nickname'"),
    /** One domain that may not be named. */
    LINKS("'type':'link','deny':['evil.example','evil-shop.com']"),
    /** The shipped rules that look at what messages are. */
    SHAPES("'type':'reaction'", "'type':'correction','newcomersForSeconds':3600"),
    /** Everything waits for a second. */
    HELD("'type':'hold','seconds':1"),
    /** Defined last: when it is in force, all of them are. */
    CANARY("'type':'listed-phrase','phrases':['buy cheap pills']");

    /** The listed phrase of {@link #WORDS} and {@link #CANARY}. */
    static final String LISTED = "buy cheap pills";

    /** One a line. */
    private final String rules;

    Policy(String... rules) {
        this.rules = String.join("\n", rules);
    }

    /** How the names of its rooms begin. */
    String prefix() {
        return name().toLowerCase(Locale.ROOT) + "-";
    }

    void define(OpenfireServer server) throws Exception {
        List<String> fields = rules.lines().toList();
        for (int i = 0; i < fields.size(); i++) {
            String body = "{%s,'rooms':['%s*@conference.%s']}"
                    .formatted(fields.get(i), prefix(), server.domain())
                    .replace('\'', '"');
            server.insidePlugin(
                    BoundHost.PLUGIN, List.of(), DefineRule.class, "moderation.abuse-" + prefix() + i, "ENFORCE", body);
        }
    }
}
