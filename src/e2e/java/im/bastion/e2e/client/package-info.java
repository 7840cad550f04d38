// SPDX-License-Identifier: Apache-2.0
/** XMPP clients of the tests, over a library that is not ours. */
package im.bastion.e2e.client;
