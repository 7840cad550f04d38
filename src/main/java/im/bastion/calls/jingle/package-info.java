// SPDX-License-Identifier: Apache-2.0
/** What the stanzas of calls say: values and their XML. May import: policy. */
package im.bastion.calls.jingle;
