// SPDX-License-Identifier: Apache-2.0
/**
 * Says step by step why somebody cannot encrypt to somebody else, or in a room, and what to do about it. Reading is apart
 * from judging: the steps see values only. May import: omemo.wire, omemo.check, host.
 */
package im.bastion.omemo.doctor;
