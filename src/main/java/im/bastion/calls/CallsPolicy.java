// SPDX-License-Identifier: Apache-2.0
package im.bastion.calls;

import im.bastion.policy.Mode;
import im.bastion.settings.Settings;
import java.util.Map;

/**
 * The settings at one time, for a look at each stanza.
 *
 * @param mode how far any of it goes
 * @param media how far to go with media that are not encrypted
 * @param domains other modes for calls with some domains, within the first
 * @param visibleKeys whether keys that servers can read are good enough
 * @param signalled how far to go with peers that no call has named
 */
record CallsPolicy(
        Mode mode, Mode media, Map<String, Mode> domains, boolean visibleKeys, Mode signalled, RelayOnly relayOnly) {
    static CallsPolicy of(Settings settings) {
        Mode mode = settings.get(CallsSettings.MODE);
        return new CallsPolicy(
                mode,
                settings.get(CallsSettings.MEDIA_ENCRYPTION).within(mode),
                CallsSettings.domains(settings.get(CallsSettings.MEDIA_ENCRYPTION_DOMAINS)),
                settings.get(CallsSettings.VISIBLE_KEYS),
                settings.get(CallsSettings.SIGNALLED_PEERS).within(mode),
                settings.get(CallsSettings.RELAY_ONLY));
    }

    /** How far to go with media in calls with that domain. */
    Mode mediaWith(String domain) {
        Mode other = domains.get(domain);
        return other == null ? media : other.within(mode);
    }

    /** Whether people show nothing but relayed addresses in calls with others of this server, or of another. */
    boolean hides(boolean remote) {
        return mode == Mode.ENFORCE && (relayOnly == RelayOnly.ALL || (relayOnly == RelayOnly.REMOTE && remote));
    }
}
