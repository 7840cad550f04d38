// SPDX-License-Identifier: Apache-2.0
/** The vocabulary all guards share. May import: the JDK and org.xmpp. */
package im.bastion.policy;
