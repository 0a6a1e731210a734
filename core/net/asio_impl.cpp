// The one place where Asio and Beast are compiled; everywhere else only their declarations are seen.
#include <boost/asio/impl/src.hpp>
#include <boost/asio/ssl/impl/src.hpp>
#include <boost/beast/src.hpp>
