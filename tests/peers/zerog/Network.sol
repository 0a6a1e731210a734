// SPDX-License-Identifier: MIT
pragma solidity 0.8.21;

/// Two small contracts with the interface of 0G's compute network of today (docs/protocols/zerog-serving.md 6.1), written for tests: the ledger
/// that holds a user's money, and the contract of inference with its services and the accounts at providers. Only the least amounts and the stake
/// are left out, and the checks that a settlement makes.
struct Refund {
    uint256 index;
    uint256 amount;
    uint256 createdAt;
    bool processed;
}
struct Account {
    address user;
    address provider;
    uint256 nonce;
    uint256 balance;
    uint256 pendingRefund;
    Refund[] refunds;
    string additionalInfo;
    bool acknowledged;
    uint256 validRefundsLength;
    uint256 generation;
    uint256 revokedBitmap;
}
struct Service {
    address provider;
    string serviceType;
    string url;
    uint256 inputPrice;
    uint256 outputPrice;
    uint256 updatedAt;
    string model;
    string verifiability;
    string additionalInfo;
    address teeSignerAddress;
    bool teeSignerAcknowledged;
}
struct ServiceParams {
    string serviceType;
    string url;
    string model;
    string verifiability;
    uint256 inputPrice;
    uint256 outputPrice;
    string additionalInfo;
    address teeSignerAddress;
}
struct Ledger {
    address user;
    uint256 availableBalance;
    uint256 totalBalance;
    string additionalInfo;
}

contract InferenceServing {
    error AccountNotExists(address user, address provider);
    error ServiceNotExist(address provider);
    error LimitTooLarge(uint256 limit, uint256 max);

    uint256 private constant most = 50;

    uint256 public lockTime;
    address public owner;
    address public ledgerAddress;
    Service[] private services;
    mapping(address => uint256) private servicePlace; // one more than the index
    mapping(address => Account[]) private accounts; // of each user
    mapping(bytes32 => uint256) private accountPlace;

    constructor(uint256 lockTime_, address ledger_) {
        lockTime = lockTime_;
        ledgerAddress = ledger_;
        owner = msg.sender;
    }

    function addOrUpdateService(ServiceParams calldata params) external payable {
        if (servicePlace[msg.sender] == 0) {
            services.push();
            servicePlace[msg.sender] = services.length;
        }
        Service storage service = services[servicePlace[msg.sender] - 1];
        if (critical(service, params)) service.teeSignerAcknowledged = false;
        service.provider = msg.sender;
        service.serviceType = params.serviceType;
        service.url = params.url;
        service.inputPrice = params.inputPrice;
        service.outputPrice = params.outputPrice;
        service.updatedAt = block.timestamp;
        service.model = params.model;
        service.verifiability = params.verifiability;
        service.additionalInfo = params.additionalInfo;
        service.teeSignerAddress = params.teeSignerAddress;
    }

    function critical(Service storage service, ServiceParams calldata params) private view returns (bool) {
        return
            keccak256(abi.encode(service.serviceType, service.model, service.verifiability, service.teeSignerAddress, service.additionalInfo)) !=
            keccak256(abi.encode(params.serviceType, params.model, params.verifiability, params.teeSignerAddress, params.additionalInfo));
    }

    function acknowledgeTEESignerByOwner(address provider) external {
        require(msg.sender == owner, "Ownable: caller is not the owner");
        if (servicePlace[provider] == 0) revert ServiceNotExist(provider);
        services[servicePlace[provider] - 1].teeSignerAcknowledged = true;
    }

    function acknowledgeTEESigner(address provider, bool acknowledged) external {
        find(msg.sender, provider).acknowledged = acknowledged;
    }

    function getAllServices(uint256 offset, uint256 limit) external view returns (Service[] memory page, uint256 total) {
        total = services.length;
        page = new Service[](pageSize(offset, limit, total));
        for (uint256 i; i < page.length; i++) page[i] = services[offset + i];
    }

    function getAccountsByUser(address user, uint256 offset, uint256 limit) external view returns (Account[] memory page, uint256 total) {
        total = accounts[user].length;
        page = new Account[](pageSize(offset, limit, total));
        for (uint256 i; i < page.length; i++) page[i] = accounts[user][offset + i];
    }

    function pageSize(uint256 offset, uint256 limit, uint256 total) private pure returns (uint256) {
        if (limit > most) revert LimitTooLarge(limit, most);
        if (offset >= total) return 0;
        uint256 wanted = limit == 0 ? most : limit;
        return total - offset < wanted ? total - offset : wanted;
    }

    function accountExists(address user, address provider) external view returns (bool) {
        return accountPlace[keccak256(abi.encode(user, provider))] != 0;
    }

    function addAccount(address user, address provider, string calldata additionalInfo) external payable onlyLedger {
        accounts[user].push();
        accountPlace[keccak256(abi.encode(user, provider))] = accounts[user].length;
        Account storage account = find(user, provider);
        account.user = user;
        account.provider = provider;
        account.balance = msg.value;
        account.additionalInfo = additionalInfo;
    }

    function depositFund(address user, address provider) external payable onlyLedger {
        find(user, provider).balance += msg.value;
    }

    /// Refunds stand in the first places; the places behind them hold what was there before.
    function requestRefundAll(address user, address provider) external onlyLedger {
        Account storage account = find(user, provider);
        uint256 amount = account.balance - account.pendingRefund;
        if (amount == 0) return;
        uint256 place = account.validRefundsLength++;
        if (account.refunds.length <= place) account.refunds.push();
        account.refunds[place] = Refund(place, amount, block.timestamp, false);
        account.pendingRefund += amount;
    }

    function processRefund(address user, address provider) external onlyLedger returns (uint256 paid) {
        Account storage account = find(user, provider);
        uint256 kept;
        for (uint256 i; i < account.validRefundsLength; i++) {
            Refund memory refund = account.refunds[i];
            if (block.timestamp >= refund.createdAt + lockTime) {
                paid += refund.amount;
                continue;
            }
            account.refunds[kept] = refund;
            account.refunds[kept].index = kept;
            kept++;
        }
        account.validRefundsLength = kept;
        account.balance -= paid;
        account.pendingRefund -= paid;
        (bool done, ) = msg.sender.call{value: paid}("");
        require(done, "transfer failed");
    }

    function find(address user, address provider) private view returns (Account storage) {
        uint256 place = accountPlace[keccak256(abi.encode(user, provider))];
        if (place == 0) revert AccountNotExists(user, provider);
        return accounts[user][place - 1];
    }

    modifier onlyLedger() {
        require(msg.sender == ledgerAddress, "Caller is not the ledger contract");
        _;
    }
}

contract LedgerManager {
    error LedgerNotExists(address user);
    error LedgerExists(address user);
    error InsufficientBalance(address user);

    mapping(address => Ledger) private ledgers;
    mapping(bytes32 => address) private recommended;
    mapping(bytes32 => string) private versions;
    mapping(bytes32 => address) private byName;

    /// Of the chain's owner there; of anybody here.
    function registerService(string calldata serviceType, string calldata version, address serviceAddress) external {
        bytes32 key = keccak256(bytes(serviceType));
        recommended[key] = serviceAddress;
        versions[key] = version;
        byName[keccak256(abi.encodePacked(serviceType, "-", version))] = serviceAddress;
    }

    function getRecommendedService(string calldata serviceType) external view returns (string memory version, address serviceAddress) {
        bytes32 key = keccak256(bytes(serviceType));
        require(recommended[key] != address(0), "No recommended service found for this type");
        return (versions[key], recommended[key]);
    }

    function addLedger(string calldata additionalInfo) external payable returns (uint256, uint256) {
        if (ledgers[msg.sender].user != address(0)) revert LedgerExists(msg.sender);
        ledgers[msg.sender] = Ledger(msg.sender, msg.value, msg.value, additionalInfo);
        return (msg.value, 0);
    }

    function depositFund() external payable {
        Ledger storage ledger = find(msg.sender);
        ledger.availableBalance += msg.value;
        ledger.totalBalance += msg.value;
    }

    function getLedger(address user) external view returns (Ledger memory) {
        return find(user);
    }

    function transferFund(address provider, string calldata serviceName, uint256 amount) external {
        Ledger storage ledger = find(msg.sender);
        InferenceServing serving = servingOf(serviceName);
        if (ledger.availableBalance < amount) revert InsufficientBalance(msg.sender);
        ledger.availableBalance -= amount;
        if (serving.accountExists(msg.sender, provider)) serving.depositFund{value: amount}(msg.sender, provider);
        else serving.addAccount{value: amount}(msg.sender, provider, ledger.additionalInfo);
    }

    /// Pays what is due, and asks for the rest.
    function retrieveFund(address[] calldata providers, string calldata serviceName) external {
        Ledger storage ledger = find(msg.sender);
        InferenceServing serving = servingOf(serviceName);
        for (uint256 i; i < providers.length; i++) {
            ledger.availableBalance += serving.processRefund(msg.sender, providers[i]);
            serving.requestRefundAll(msg.sender, providers[i]);
        }
    }

    function servingOf(string calldata serviceName) private view returns (InferenceServing) {
        address at = byName[keccak256(bytes(serviceName))];
        require(at != address(0), "Service not found");
        return InferenceServing(at);
    }

    function find(address user) private view returns (Ledger storage ledger) {
        ledger = ledgers[user];
        if (ledger.user == address(0)) revert LedgerNotExists(user);
    }

    receive() external payable {}
}
