// SPDX-License-Identifier: Apache-2.0
/** Counters, and the health of each part. May import: the JDK alone. */
package im.bastion.metric;
