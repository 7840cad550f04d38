// SPDX-License-Identifier: Apache-2.0
/** Typed settings over the host's properties. May import: policy, host. */
package im.bastion.settings;
