// SPDX-License-Identifier: Apache-2.0
/** Which remote domains something is for. Pure. May import: federation.tls. */
package im.bastion.federation.peer;
