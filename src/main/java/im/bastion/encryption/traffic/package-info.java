// SPDX-License-Identifier: Apache-2.0
/** What has been said under which protection, counted; drafts tried on it. May import: the pure parts above, store. */
package im.bastion.encryption.traffic;
