// SPDX-License-Identifier: Apache-2.0
/** What is demanded of peers: reading it, checking it, judging streams by it. Pure; the time is passed in. */
package im.bastion.federation.policy;
