// SPDX-License-Identifier: Apache-2.0
/** How many accounts and rooms are ready for encryption, day by day. May import: omemo.wire, host, store. */
package im.bastion.omemo.census;
