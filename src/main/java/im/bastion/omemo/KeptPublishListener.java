// SPDX-License-Identifier: Apache-2.0
package im.bastion.omemo;

/** Hears of what was published. {@link OmemoFeature} has the list. */
interface KeptPublishListener {
    /**
     * The host has accepted the items, they are in the database unless an admin chose not to wait for that ({@link
     * OmemoSettings#DURABLE}), and the publisher is about to be told. On the host's own thread: no waiting.
     */
    void kept(AwaitedPublishes.Publish publish);
}
