// SPDX-License-Identifier: Apache-2.0
/** What a message shows to whoever carries it, one class for each kind. Pure. May import: encryption.scheme, org.dom4j. */
package im.bastion.encryption.leak;
