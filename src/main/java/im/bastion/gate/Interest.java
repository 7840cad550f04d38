// SPDX-License-Identifier: Apache-2.0
package im.bastion.gate;

/** The classes of traffic a guard can ask for, as bits: one stanza may be of several. */
public final class Interest {
    /** To, or from, a room or its service on this server. */
    public static final int ROOM = 1;
    /** An IQ with a {@code pubsub} or {@code pubsub#owner} child, addressed to an account or without address. */
    public static final int PEP = 1 << 1;
    /** A pubsub event (XEP-0060 §7.1.2.1) from an account. */
    public static final int PEP_EVENT = 1 << 2;
    /** Jingle (XEP-0166) or Jingle message initiation (XEP-0353). */
    public static final int CALL = 1 << 3;
    /** About to leave over a server-to-server session. */
    public static final int TO_PEER = 1 << 4;
    /** Came from a remote domain. */
    public static final int FROM_PEER = 1 << 5;
    /** An IQ result or error, on its way to a local client. */
    public static final int ANSWER = 1 << 6;
    /** A request or result of service discovery (XEP-0030). */
    public static final int DISCO = 1 << 7;

    /** A request to block somebody (XEP-0191), which may carry a report (XEP-0377). */
    public static final int BLOCK = 1 << 8;

    /** Presence that a local client broadcasts (RFC 6121 §4.2, §4.4): one without address. */
    public static final int PRESENCE = 1 << 9;
    /** A result with a {@code pubsub} child from an account of this server, or without sender: from the receiver's own. */
    public static final int PEP_RESULT = 1 << 10;

    /** A message with an element of OMEMO (XEP-0384), of whichever generation. */
    public static final int OMEMO = 1 << 11;

    /** An ad-hoc command (XEP-0050) to an account of this server, to the server itself or without address. */
    public static final int COMMAND = 1 << 12;

    /** A message that invites somebody to a room directly (XEP-0249). */
    public static final int INVITATION = 1 << 13;

    /** Any message that comes in, from whomever. */
    public static final int MESSAGE = 1 << 14;

    /** An IQ to, or from, a room or its service: of what a room hands out to each of many, next to nothing. */
    public static final int ROOM_IQ = 1 << 15;

    private Interest() {}
}
