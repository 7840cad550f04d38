// SPDX-License-Identifier: Apache-2.0
/** Tells clients where the relay is and how to log in there (XEP-0215). May import: relay.credential, host. */
package im.bastion.relay.offer;
