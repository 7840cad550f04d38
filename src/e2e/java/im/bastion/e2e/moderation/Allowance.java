// SPDX-License-Identifier: Apache-2.0
package im.bastion.e2e.moderation;

/** How much the shipped limit of one account lets through at most, from when this was made until it is asked. */
final class Allowance {
    private static final double PER_MINUTE = 20;
    private static final double BURST = 10;

    private final long begin = System.nanoTime();

    /** How many things of that weight; one more for what was begun. */
    long of(double weight) {
        double minutes = (System.nanoTime() - begin) / 60e9;
        return (long) Math.floor((BURST + minutes * PER_MINUTE) / weight) + 1;
    }
}
