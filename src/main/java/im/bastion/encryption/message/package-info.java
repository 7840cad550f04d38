// SPDX-License-Identifier: Apache-2.0
/** A message as the policy sees it. Pure. May import: encryption.scheme, encryption.leak, org.dom4j. */
package im.bastion.encryption.message;
