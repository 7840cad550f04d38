// SPDX-License-Identifier: Apache-2.0
/** What a test of a peer finds, as values without I/O. May import: federation.tls, Gson, store's reader of JSON. */
package im.bastion.federation.tester.fact;
