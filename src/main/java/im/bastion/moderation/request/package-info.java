// SPDX-License-Identifier: Apache-2.0
/** Requests to rooms that Bastion answers in the room's place, and answers of rooms that it amends. */
package im.bastion.moderation.request;
