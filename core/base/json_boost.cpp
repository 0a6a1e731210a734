// The one place where Boost.JSON is compiled, of which only the parser is used.
#include <boost/json/src.hpp>
