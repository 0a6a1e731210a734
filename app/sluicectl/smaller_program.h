#pragma once

namespace sluice::ctl {

/// What only serves and needs no profile needs little of this program, whose libraries take some fifty megabytes: it is done by `sluice-serve`, in
/// the same process, where that is installed. Returns when this program is to do it. Before anything is read of the environment.
void becomeSmaller(char **argv);

} // namespace sluice::ctl
