// SPDX-License-Identifier: Apache-2.0
package im.bastion.relay.turn;

/**
 * How much clients may have.
 *
 * @param perUser allocations of one account
 * @param perAddress allocations from one address, or IPv6 network of 64 bits
 * @param total allocations in all
 * @param bytesPerSecondPerUser relayed for one account, both ways together; 0 for any number
 * @param bytesPerSecond relayed in all; 0 for any number
 * @param answersPerSecond answers a second for one source that has not authenticated, beyond those that are no longer than
 *     their questions
 */
public record TurnLimits(
        int perUser,
        int perAddress,
        int total,
        long bytesPerSecondPerUser,
        long bytesPerSecond,
        int answersPerSecond) {}
