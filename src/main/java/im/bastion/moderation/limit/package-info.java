// SPDX-License-Identifier: Apache-2.0
/** Rules about how much is said: rates, slow mode, holding. */
package im.bastion.moderation.limit;
