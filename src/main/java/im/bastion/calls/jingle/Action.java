// SPDX-License-Identifier: Apache-2.0
package im.bastion.calls.jingle;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** What a Jingle request does (XEP-0166 §7.2). */
public enum Action {
    SESSION_INITIATE,
    SESSION_ACCEPT,
    SESSION_INFO,
    SESSION_TERMINATE,
    CONTENT_ADD,
    CONTENT_ACCEPT,
    CONTENT_MODIFY,
    CONTENT_REJECT,
    CONTENT_REMOVE,
    DESCRIPTION_INFO,
    SECURITY_INFO,
    TRANSPORT_INFO,
    TRANSPORT_REPLACE,
    TRANSPORT_ACCEPT,
    TRANSPORT_REJECT;

    private static final Map<String, Action> BY_NAME =
            Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(Action::wireName, action -> action));

    /** The action of that name, or null. */
    static Action of(String name) {
        return name == null ? null : BY_NAME.get(name);
    }

    private String wireName() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Whether what both sides have said by now is what the media will be. */
    public boolean settles() {
        return this == SESSION_ACCEPT || this == CONTENT_ACCEPT || this == TRANSPORT_ACCEPT;
    }

    /** Whether what the sender said before about these contents' transports holds no more. */
    boolean startsAnew() {
        return this == SESSION_INITIATE || this == TRANSPORT_REPLACE || this == TRANSPORT_ACCEPT;
    }

    boolean drops() {
        return this == CONTENT_REMOVE || this == CONTENT_REJECT;
    }
}
