#include "commands.h"
#include "program.h"
#include "smaller_program.h"

int main(int argc, char **argv)
{
    sluice::ctl::becomeSmaller(argv);
    return sluice::ctl::runProgram(argc, argv, &sluice::ctl::dispatch);
}
