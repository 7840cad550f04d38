// SPDX-License-Identifier: Apache-2.0
/**
 * What an admin asks of messages: definitions, who decides where, what is wrong and how it is said. Pure; the time is
 * passed in. May import: encryption.scheme, encryption.leak, encryption.message, policy, store (values).
 */
package im.bastion.encryption.rule;
