// SPDX-License-Identifier: Apache-2.0
/** What is known of peers over time: counted on the stanza path, looked at every few seconds, kept by peer and day. */
package im.bastion.federation.observe;
