// SPDX-License-Identifier: Apache-2.0
package im.bastion.calls.media;

import im.bastion.calls.jingle.Call;
import im.bastion.calls.jingle.Content;
import im.bastion.calls.jingle.Jingle;
import im.bastion.calls.jingle.Keying;
import java.util.List;

/** All rules, in the order they are asked: what says most about the fault comes first. */
public final class MediaRules {
    /** The rules. */
    public static final List<MediaRule> ALL = List.of(
            new WeakFingerprintRule(), new VisibleKeysRule(), new DroppedEncryptionRule(), new MissingEncryptionRule());

    private MediaRules() {}

    /**
     * The rule that a request breaks, or null. What is not media is not judged.
     *
     * @param call after the request
     * @param whole whether the call was heard from its beginning, so that what its other side said is known
     * @param byOwn whether the account's side has sent it
     * @param visibleKeys whether keys that servers can read are good enough
     */
    public static MediaRule broken(Call call, boolean whole, Jingle request, boolean byOwn, boolean visibleKeys) {
        for (Content content : request.contents()) {
            Call.Part part = call.part(content.name());
            if (content.media().isEmpty() && part.media().isEmpty()) {
                continue;
            }
            Keying sender = (byOwn ? part.own() : part.other()).plus(content.keying());
            Keying receiver = byOwn ? part.other() : part.own();
            MediaRule rule = broken(new Exchange(
                    request.action().settles(), content.keying(), sender, whole ? receiver : null, visibleKeys));
            if (rule != null) {
                return rule;
            }
        }
        return null;
    }

    private static MediaRule broken(Exchange exchange) {
        for (MediaRule rule : ALL) {
            if (rule.isBrokenBy(exchange)) {
                return rule;
            }
        }
        return null;
    }
}
