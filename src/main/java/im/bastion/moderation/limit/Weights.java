// SPDX-License-Identifier: Apache-2.0
package im.bastion.moderation.limit;

import im.bastion.moderation.event.RoomEvent;
import im.bastion.moderation.event.Sender;
import im.bastion.moderation.event.Shape;

/** What an event weighs: an ordinary message is 1. */
final class Weights {
    private static final double PER_1000_CHARS = 1;
    private static final double PER_LINE = 0.1;
    private static final double PER_LINK = 0.5;
    private static final double PER_MENTION = 0.2;
    private static final double MAX = 50;

    private Weights() {}

    private static final double NEW_ROOM = 10;

    static double of(RoomEvent event, Sender sender) {
        return switch (event.kind()) {
            case MESSAGE, PRIVATE_MESSAGE -> message(event.shape());
            case JOIN -> sender.makesRoom() ? NEW_ROOM : 1;
            case NICK_CHANGE, VOICE_REQUEST -> 2;
            case SUBJECT -> 3;
            // Of one stanza there are as many as it names people.
            case INVITATION -> Math.min(3.0 * Math.max(1, event.shape().mentions()), MAX);
            case STATUS, QUERY -> 0.5;
            case SIGNAL -> 0.2;
            case LEAVE -> 0;
        };
    }

    private static double message(Shape shape) {
        double weight = 1
                + PER_1000_CHARS * Math.max(shape.chars(), shape.isEncrypted() ? shape.bytes() : 0) / 1_000
                + PER_LINE * Math.max(0, shape.lines() - 3)
                + PER_LINK * (shape.links().size() + shape.media().size())
                + PER_MENTION * shape.mentions();
        return Math.min(weight, MAX);
    }
}
