// SPDX-License-Identifier: Apache-2.0
/** The vocabulary all guards share. May import: the JDK alone. */
package im.bastion.policy;
